package io.github.unrolled.datasets.datavec;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.image.Bicubic;
import io.github.unrolled.datasets.image.ImageFile;
import io.github.unrolled.datasets.image.Picture;
import io.github.unrolled.datasets.image.Planes;
import io.github.unrolled.datasets.image.YCbCr;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataURI;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.FloatWritable;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.Writable;

/**
 * Folders of pictures as records: one column for every value, 0 to 1, channel after channel and row after row, and a last one
 * for the class, which is the name of the picture's folder. All pictures are brought to one size by antialiased bicubic
 * resizing and to one number of channels; transparency is left out. PNG, JPEG, BMP, TIFF and WebP; needs OpenCV.
 *
 * <p>In a {@code RecordReaderDataSetIterator} the last column is the label, {@code getLabels().size()} the number of classes,
 * and the network's input type {@code InputType.convolutionalFlat(height, width, channels)}.
 */
public final class PictureRecordReader extends BaseRecordReader {
    private static final long serialVersionUID = 1L;

    private final int height;
    private final int width;
    private final int channels;
    private List<String> classes = List.of();
    private transient Configuration configuration = new Configuration();
    private transient List<URI> files = List.of();
    private transient int next;

    /**
     * A reader.
     *
     * @param height rows of every record's picture
     * @param width columns
     * @param channels 1 for grey, 3 for colour
     */
    public PictureRecordReader(int height, int width, int channels) {
        if (height < 1 || width < 1 || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException("pictures of " + width + "x" + height + " pixels and " + channels
                    + " channels; at least one pixel and 1 or 3 channels are expected");
        }
        this.height = height;
        this.width = width;
        this.channels = channels;
    }

    @Override
    public void initialize(Configuration conf, InputSplit split) throws IOException, InterruptedException {
        setConf(conf);
        initialize(split);
    }

    /** Takes the files of a split; the classes are the names of their folders, in alphabetical order. */
    @Override
    public void initialize(InputSplit split) throws IOException, InterruptedException {
        super.initialize(split);
        files = List.of(split.locations());
        classes = files.stream()
                .map(PictureRecordReader::classOf)
                .distinct()
                .sorted()
                .toList();
        reset();
    }

    private static String classOf(URI location) {
        Path folder = Path.of(location.getPath()).getParent();
        return folder == null || folder.getFileName() == null
                ? ""
                : folder.getFileName().toString();
    }

    @Override
    public boolean hasNext() {
        return next < files.size();
    }

    @Override
    public List<Writable> next() {
        return nextRecord().getRecord();
    }

    /**
     * The next picture.
     *
     * @throws DataException if its file is damaged or no picture
     */
    @Override
    public Record nextRecord() {
        if (!hasNext()) {
            throw new NoSuchElementException("no picture is left; reset() begins anew");
        }
        URI location = files.get(next++);
        try {
            Record record = load(location);
            invokeListeners(record);
            return record;
        } catch (IOException e) {
            throw new DataException(location + " could not be read: " + e.getMessage(), e);
        }
    }

    private Record load(URI location) throws IOException {
        try (InputStream in = streamCreatorFn.apply(location)) {
            List<Writable> values = record(location, new DataInputStream(in));
            return new org.datavec.api.records.impl.Record(
                    values, new RecordMetaDataURI(location, PictureRecordReader.class));
        }
    }

    /** One picture from a stream; its class is that of its address, -1 if no file of the split has it. */
    @Override
    public List<Writable> record(URI uri, DataInputStream in) throws IOException {
        Planes planes;
        try (Picture picture = ImageFile.decode(uri.toString(), in.readAllBytes(), ImageFile.DEFAULT_MEGAPIXELS)) {
            planes = picture.planes().channels(0, picture.colours());
        }
        if (channels == 1) {
            planes = YCbCr.grey(planes);
        } else if (planes.channels() == 1) {
            planes = Planes.join(planes, planes, planes);
        }
        Planes resized = Bicubic.resize(planes, height, width);
        List<Writable> columns = new ArrayList<>(resized.values().length + 1);
        for (float value : resized.values()) {
            columns.add(new FloatWritable(Math.min(1f, Math.max(0f, value))));
        }
        columns.add(new IntWritable(classes.indexOf(classOf(uri))));
        return columns;
    }

    @Override
    public Record loadFromMetaData(RecordMetaData metaData) throws IOException {
        return load(metaData.getURI());
    }

    @Override
    public List<Record> loadFromMetaData(List<RecordMetaData> metaData) throws IOException {
        List<Record> records = new ArrayList<>(metaData.size());
        for (RecordMetaData each : metaData) {
            records.add(loadFromMetaData(each));
        }
        return records;
    }

    /** The names of the classes, in the order of their numbers. */
    @Override
    public List<String> getLabels() {
        return classes;
    }

    @Override
    public void reset() {
        next = 0;
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public void setConf(Configuration conf) {
        configuration = conf;
    }

    @Override
    public Configuration getConf() {
        return configuration;
    }

    @Override
    public void close() {
        // Every file is closed as soon as it is read.
    }
}
