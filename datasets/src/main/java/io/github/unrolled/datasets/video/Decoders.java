package io.github.unrolled.datasets.video;

import io.github.unrolled.datasets.DataException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Chooses who decodes a source. */
final class Decoders {
    private Decoders() {}

    static Decoder open(VideoSource source, VideoOptions options) {
        if (source instanceof VideoSource.Pictures pictures) {
            return new PictureDecoder(pictures, options);
        }
        if (source instanceof VideoSource.Camera camera) {
            return CaptureDecoder.ofCamera(camera, options);
        }
        if (source instanceof VideoSource.Address address) {
            Ffmpeg.require();
            return FfmpegDecoder.open(address.name(), address.address().toString(), false, options);
        }
        VideoSource.File file = (VideoSource.File) source;
        Path path = file.path();
        if (!Files.exists(path)) {
            throw new DataException(file.name() + " does not exist");
        }
        if (Files.isDirectory(path)) {
            throw new DataException(file.name() + " is a folder, not a video");
        }
        if (!Files.isReadable(path)) {
            throw new DataException(file.name() + " may not be read by this user");
        }
        if (!Ffmpeg.isPresent()) {
            return CaptureDecoder.ofFile(path, options);
        }
        return FfmpegDecoder.open(file.name(), "file:" + path.toAbsolutePath(), true, options);
    }
}
