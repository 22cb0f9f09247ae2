package io.github.unrolled.datasets.datavec;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.VideoFormat;
import io.github.unrolled.datasets.video.clip.ClipFolder;
import io.github.unrolled.datasets.video.clip.FrameCache;
import io.github.unrolled.datasets.video.clip.LabelledClip;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.FloatWritable;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.Writable;

/**
 * Labelled videos as sequences: a time step is a frame, with one column for every value, 0 to 1, channel after channel and
 * row after row, and a last one for its class. Each video of the split is cut into windows, one after the other; the last
 * may be shorter. Where a file with labels ({@code .csv} or {@code .align}) lies beside a video its frames are labelled by
 * it, -1 where it has no label; else the class is the name of the folder. Other files of the split are passed over.
 *
 * <p>In a {@code SequenceRecordReaderDataSetIterator} the last column is the label and {@code getLabels().size()} the number
 * of classes. Frames are decoded once, into a folder; needs OpenCV and FFmpeg.
 */
public final class ClipSequenceRecordReader extends FileSequenceRecordReader<LabelledClip> {
    private static final long serialVersionUID = 1L;

    private final int window;
    private final int height;
    private final int width;
    private final int channels;
    private final String cacheFolder;
    private final long cacheBytes;
    private List<String> classes = List.of();

    /**
     * A reader.
     *
     * @param window time steps of a sequence
     * @param size what frames are resized to
     * @param cacheFolder where decoded frames are kept
     * @param cacheBytes how large that folder may get
     */
    public ClipSequenceRecordReader(int window, FrameSize size, Path cacheFolder, long cacheBytes) {
        if (window < 1) {
            throw new IllegalArgumentException("a window of " + window + " time steps; at least 1 is expected");
        }
        this.window = window;
        this.height = size.height();
        this.width = size.width();
        this.channels = size.channels();
        this.cacheFolder = cacheFolder.toString();
        this.cacheBytes = cacheBytes;
    }

    @Override
    String what() {
        return "a video";
    }

    /**
     * Takes the videos of a split; the classes are all labels beside them and the folders of those without, in alphabetical
     * order.
     *
     * @throws DataException if there is no video, or a file of labels is not as it should be
     */
    @Override
    public void initialize(InputSplit split) throws IOException, InterruptedException {
        super.initialize(split);
        List<URI> videos = Arrays.stream(split.locations())
                .filter(location -> VideoFormat.isVideo(Path.of(location)))
                .toList();
        if (videos.isEmpty()) {
            throw new DataException("the split has no videos; files ending with "
                    + String.join(" ", VideoFormat.endings()) + " are expected");
        }
        classes = ClipFolder.classesOf(videos.stream().map(Path::of).toList());
        take(videos);
    }

    @Override
    LabelledClip open(URI location) throws IOException {
        FrameCache cache = new FrameCache(Path.of(cacheFolder), cacheBytes);
        return ClipFolder.clip(Path.of(location), classes, cache, new FrameSize(height, width, channels));
    }

    /** The first frame of a window, and the one after its last. */
    @Override
    List<Place> places(LabelledClip clip) {
        List<Place> places = new ArrayList<>();
        for (int from = 0; from < clip.length(); from += window) {
            places.add(new Place(from, Math.min(from + window, clip.length())));
        }
        return places;
    }

    @Override
    List<List<Writable>> steps(LabelledClip clip, Place at, URI location) {
        if (at.from() < 0 || at.from() >= at.to() || at.to() > clip.length()) {
            throw new DataException(location + " has " + clip.length() + " frames, and those from " + at.from() + " to "
                    + at.to() + " are asked for; has the file changed?");
        }
        int first = (int) at.from();
        int count = (int) at.to() - first;
        int values = clip.frames().size().values();
        float[] pixels = new float[count * values];
        clip.frames().read(first, count, pixels, 0);
        List<List<Writable>> steps = new ArrayList<>(count);
        for (int t = 0; t < count; t++) {
            List<Writable> columns = new ArrayList<>(values + 1);
            for (int c = 0; c < channels; c++) {
                for (int pixel = 0; pixel < height * width; pixel++) {
                    columns.add(new FloatWritable(pixels[t * values + pixel * channels + c]));
                }
            }
            columns.add(new IntWritable(clip.label(first + t)));
            steps.add(columns);
        }
        return steps;
    }

    /**
     * Not possible: a video is read from its file.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public List<List<Writable>> sequenceRecord(URI uri, DataInputStream in) {
        throw new UnsupportedOperationException(
                "a video is read from its file, not from a stream; give " + uri + " in the split");
    }

    /** The names of the classes, in the order of their numbers. */
    @Override
    public List<String> getLabels() {
        return classes;
    }
}
