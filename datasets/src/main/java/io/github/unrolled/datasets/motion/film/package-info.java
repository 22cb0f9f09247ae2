/**
 * Films of skeletons: what is true beside what is predicted. Needs OpenCV and FFmpeg on the class path; start with
 * {@link io.github.unrolled.datasets.motion.film.SkeletonFilm}.
 */
@NullMarked
package io.github.unrolled.datasets.motion.film;

import org.jspecify.annotations.NullMarked;
