package io.github.unrolled.datasets.video.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.FrameSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipFolderTest {
    private static final FrameSize GREY = new FrameSize(16, 16, 1);

    @TempDir
    Path root;

    private final List<String> progress = new ArrayList<>();

    private ClipSet load(Path folder) throws IOException {
        return new ClipFolder(folder, new FrameCache(root.resolve("cache"), 1 << 24), GREY, progress::add).load();
    }

    @Test
    void aFolderIsAClass() throws IOException {
        Path folder = root.resolve("set");
        Films.rising(folder.resolve("up/1.mp4"), 5);
        Films.rising(folder.resolve("up/2.mp4"), 6);
        Films.write(folder.resolve("even/a/3.mp4"), 9, 9, 9);
        Files.writeString(folder.resolve("even/4.mp4"), "this is no film");
        Files.write(folder.resolve("even/5.mp4"), new byte[0]);
        ClipSet set = load(folder);
        assertThat(set.name()).isEqualTo("set");
        assertThat(set.level()).isEqualTo(LabelLevel.CLIP);
        assertThat(set.classes()).containsExactly("even", "up");
        assertThat(set.clips()).extracting(LabelledClip::name).containsExactly("even/a/3.mp4", "up/1.mp4", "up/2.mp4");
        assertThat(set.clips()).extracting(LabelledClip::clipLabel).containsExactly(0, 1, 1);
        assertThat(set.counts()).containsExactly(1, 2);
        assertThat(set.groups()).hasSize(3);
        assertThat(set.problems())
                .hasSize(2)
                .anySatisfy(each -> assertThat(each).contains("4.mp4").contains("no kind of video"))
                .anySatisfy(each -> assertThat(each).contains("5.mp4").contains("it is empty"));
        assertThat(progress).contains("up/1.mp4", "even/4.mp4");
    }

    @Test
    void labelsBesideTheClipsAreOfFrames() throws IOException {
        Path folder = root.resolve("set");
        Films.rising(folder.resolve("1.mp4"), 5);
        Files.writeString(folder.resolve("1.csv"), "start,end,label\n0,0.08,walk\n0.12,0.2,run\n");
        Films.rising(folder.resolve("2.mp4"), 5);
        Files.writeString(folder.resolve("2.align"), "0 2000 run\n2000 5000 sit\n");
        Films.rising(folder.resolve("3.mp4"), 5);
        Films.rising(folder.resolve("4.mp4"), 5);
        Files.writeString(folder.resolve("4.csv"), "0,9,walk\n");
        Films.rising(folder.resolve("5.mp4"), 5);
        Files.writeString(folder.resolve("5.csv"), "0,x,walk\n");
        Files.writeString(folder.resolve("clips.csv"), "clip,group,split\n1.mp4,one,train\n2,two,test\n");
        ClipSet set = load(folder);
        assertThat(set.level()).isEqualTo(LabelLevel.FRAME);
        assertThat(set.classes()).containsExactly("run", "sit", "walk");
        assertThat(set.clips().get(0).labels()).containsExactly(2, 2, -1, 0, 0);
        assertThat(set.clips().get(1).labels()).containsExactly(0, 0, 1, 1, 1);
        assertThat(set.groups()).containsExactly("one", "two");
        assertThat(set.problems())
                .hasSize(3)
                .anySatisfy(each -> assertThat(each).contains("3.mp4").contains("no file with labels"))
                .anySatisfy(each -> assertThat(each).contains("4.csv, line 1").contains("9.000 seconds"))
                .anySatisfy(each -> assertThat(each).contains("5.csv, line 1").contains("'x'"));
        ClipSplit split = ClipList.in(folder).orElseThrow().split(set).orElseThrow();
        assertThat(split.train().clips()).extracting(LabelledClip::name).containsExactly("1.mp4");
        assertThat(split.test().clips()).extracting(LabelledClip::name).containsExactly("2.mp4");
    }

    @Test
    void foldersThatGiveNothingAreNamed() throws IOException {
        assertThatThrownBy(() -> load(root.resolve("none")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("does not exist");
        Path empty = Files.createDirectories(root.resolve("empty"));
        assertThatThrownBy(() -> load(empty))
                .hasMessageContaining("has no videos")
                .hasMessageContaining(".mp4");
        Files.writeString(Files.createDirectories(empty.resolve("class")).resolve("x.mp4"), "no");
        assertThatThrownBy(() -> load(empty)).hasMessageContaining("no clip of").hasMessageContaining("x.mp4");
    }

    @Test
    void badListsAreNamed() throws IOException {
        Path file = root.resolve("clips.csv");
        Files.writeString(file, "name,split\na,train\n");
        assertThatThrownBy(() -> ClipList.read(file)).hasMessageContaining("line 1: no column is called clip");
        Files.writeString(file, "clip,split\na,train\na,test\n");
        assertThatThrownBy(() -> ClipList.read(file)).hasMessageContaining("line 3: the clip a comes twice");
        Files.writeString(file, "clip,split\na\n");
        assertThatThrownBy(() -> ClipList.read(file)).hasMessageContaining("line 2: 1 fields");
        Files.writeString(file, "clip,split\na,training\n");
        assertThatThrownBy(() -> ClipList.read(file).split()).hasMessageContaining("'training'");
    }
}
