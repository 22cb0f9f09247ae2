/**
 * Pictures restored and compressed. {@link Upscaler} enlarges by applying the same weights over and over, a cell unrolled
 * over depth instead of time; {@link Denoiser} removes noise of any strength; {@link RestorationTask} trains both and
 * {@link PictureRestorer} applies them to pictures of any size. Autoencoders of small pictures are beside them.
 */
@NullMarked
package io.github.unrolled.models.imaging;

import org.jspecify.annotations.NullMarked;
