package io.github.unrolled.video;

import io.github.unrolled.datasets.video.clip.ClipSplit;
import io.github.unrolled.models.video.LabelledSequence;
import io.github.unrolled.models.video.VideoData;
import java.util.List;
import java.util.Set;

/**
 * A set of labelled sequences, divided as its protocol says.
 *
 * @param row how results call it, such as {@code grid-s1}
 * @param protocol what is trained and tested on, in a few words
 * @param data to train and validate on
 * @param test to measure on
 * @param silences labels that are no words; empty for sets without words
 * @param remarks what the user should know of it, a line each
 */
record VideoSet(
        String row,
        String protocol,
        VideoData data,
        List<LabelledSequence> test,
        Set<Integer> silences,
        List<String> remarks) {
    VideoSet {
        test = List.copyOf(test);
        silences = Set.copyOf(silences);
        remarks = List.copyOf(remarks);
    }

    /** Clips of video without words. */
    static VideoSet of(String row, String name, String protocol, ClipSplit split, List<String> remarks) {
        return new VideoSet(
                row,
                protocol,
                VideoData.of(name, split.train(), split.valid()),
                VideoData.sequences(split.test()),
                Set.of(),
                remarks);
    }
}
