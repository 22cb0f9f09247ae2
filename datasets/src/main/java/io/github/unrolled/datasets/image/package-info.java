/**
 * Pictures: files of several formats, checked before they are decoded ({@link ImageFile}, {@link Picture}), values to
 * compute with ({@link Planes}), resizing, colour and quality as papers measure them ({@link Bicubic}, {@link YCbCr},
 * {@link ImageQuality}), and patches to train on ({@link PatchSampler}, {@link DeadLeaves}).
 *
 * <p>Files need OpenCV, which is an optional dependency: add {@code org.bytedeco:opencv} and
 * {@code org.bytedeco:openblas}, each with its native classifier. All else here is plain Java.
 */
@NullMarked
package io.github.unrolled.datasets.image;

import org.jspecify.annotations.NullMarked;
