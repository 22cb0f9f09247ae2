package io.github.unrolled.datasets.datavec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.image.ImageFile;
import io.github.unrolled.datasets.image.Picture;
import io.github.unrolled.datasets.image.Planes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.datavec.api.records.Record;
import org.datavec.api.split.FileSplit;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureRecordReaderTest {
    @TempDir
    Path folder;

    private void write(String name, float value, int channels) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Planes planes = Planes.zeros(channels, 6, 8);
        Arrays.fill(planes.values(), value);
        try (Picture picture = Picture.of(planes)) {
            ImageFile.write(file, picture);
        }
    }

    @Test
    void aRecordHasEveryValueAndTheClassOfItsFolder() throws Exception {
        write("dark/a.png", 0.2f, 1);
        write("dark/b.bmp", 0.2f, 3);
        write("light/c.tif", 0.8f, 4);
        PictureRecordReader reader = new PictureRecordReader(2, 3, 3);
        reader.initialize(new FileSplit(folder.toFile()));
        assertThat(reader.getLabels()).containsExactly("dark", "light");
        int records = 0;
        while (reader.hasNext()) {
            Record record = reader.nextRecord();
            List<Writable> columns = record.getRecord();
            assertThat(columns).hasSize(2 * 3 * 3 + 1);
            boolean light = columns.get(18).toInt() == 1;
            assertThat(record.getMetaData().getURI().getPath()).contains(light ? "light" : "dark");
            for (Writable value : columns.subList(0, 18)) {
                assertThat(value.toFloat()).isBetween(light ? 0.79f : 0.19f, light ? 0.81f : 0.21f);
            }
            assertThat(reader.loadFromMetaData(record.getMetaData()).getRecord())
                    .isEqualTo(columns);
            records++;
        }
        assertThat(records).isEqualTo(3);
        reader.reset();
        assertThat(reader.next()).hasSize(19);
    }

    @Test
    void saysWhichFileIsNoPicture() throws Exception {
        Files.createDirectories(folder.resolve("x"));
        Files.writeString(folder.resolve("x/bad.png"), "no picture");
        PictureRecordReader reader = new PictureRecordReader(2, 2, 1);
        reader.initialize(new FileSplit(folder.toFile()));
        assertThatThrownBy(reader::next).isInstanceOf(DataException.class).hasMessageContaining("bad.png");
        assertThatThrownBy(() -> new PictureRecordReader(2, 2, 2)).hasMessageContaining("1 or 3 channels");
    }
}
