/** The data sets as DataVec record readers, for Deeplearning4j. Start with {@link TextSequenceRecordReader}. */
@NullMarked
package io.github.unrolled.datasets.datavec;

import org.jspecify.annotations.NullMarked;
