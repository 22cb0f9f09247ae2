package io.github.unrolled.models.motion.skeleton;

import java.util.List;

/**
 * What a network reads of a batch, and what it should say. Everything is relative to the last seen frame.
 *
 * <p>A frame has, for each column of a joint, its value, its difference to the last seen frame, and its change since the
 * frame before; for the root its channels, their change, and its tilt.
 */
final class PoseFeatures {
    /** Changes from frame to frame are small; this brings them to the size of the rest. */
    private static final float CHANGE_SCALE = 4;

    private final PoseLayout layout;
    private final int seen;
    private final int predicted;
    private final double size;

    PoseFeatures(PoseLayout layout, int seen, int predicted) {
        this.layout = layout;
        this.seen = seen;
        this.predicted = predicted;
        this.size = layout.size();
    }

    /** Features of a frame for the recurrent part. */
    int frameWidth() {
        return 3 * layout.joints() + 2 * RootTrack.CHANNELS + RootTrack.TILT;
    }

    /** Features of a pose. */
    int poseWidth() {
        return layout.joints() + RootTrack.TILT;
    }

    /** The track of the root as seen from the last seen frame. */
    RootTrack track(float[][] window) {
        return new RootTrack(window[seen - 1], size);
    }

    /** All curves relative to the last seen frame, {@code [frames, outputs]}, from one frame on. */
    private float[] relative(float[][] window, int from, int frames) {
        int joints = layout.joints();
        int width = layout.outputs();
        float[] last = new float[joints];
        layout.read(window[seen - 1], last, 0);
        RootTrack track = track(window);
        float[] curves = new float[frames * width];
        for (int t = 0; t < frames; t++) {
            int at = t * width;
            layout.read(window[from + t], curves, at);
            for (int c = 0; c < joints; c++) {
                curves[at + c] -= last[c];
            }
            track.read(window[from + t], curves, at + joints);
        }
        return curves;
    }

    /** {@code [seen, batch, frameWidth]}. */
    float[] frames(List<float[][]> windows) {
        int batch = windows.size();
        int joints = layout.joints();
        int width = frameWidth();
        int outputs = layout.outputs();
        float[] features = new float[seen * batch * width];
        for (int b = 0; b < batch; b++) {
            float[] curves = relative(windows.get(b), 0, seen);
            RootTrack track = track(windows.get(b));
            for (int t = 0; t < seen; t++) {
                int at = (t * batch + b) * width;
                layout.read(windows.get(b)[t], features, at);
                System.arraycopy(curves, t * outputs, features, at + joints, outputs);
                int changes = at + joints + outputs;
                for (int c = 0; c < outputs && t > 0; c++) {
                    features[changes + c] = CHANGE_SCALE * (curves[t * outputs + c] - curves[(t - 1) * outputs + c]);
                }
                track.readTilt(windows.get(b)[t], features, changes + outputs);
            }
        }
        return features;
    }

    /** The last seen pose, {@code [batch, poseWidth]}. */
    float[] lastPoses(List<float[][]> windows) {
        float[] poses = new float[windows.size() * poseWidth()];
        for (int b = 0; b < windows.size(); b++) {
            float[] row = windows.get(b)[seen - 1];
            layout.read(row, poses, b * poseWidth());
            track(windows.get(b)).readTilt(row, poses, b * poseWidth() + layout.joints());
        }
        return poses;
    }

    /** The seen curves relative to the last frame, {@code [batch, outputs, seen]}. */
    float[] seenCurves(List<float[][]> windows) {
        return curves(windows, 0, seen);
    }

    /** The curves to be predicted, relative to the last seen frame, {@code [batch, outputs, predicted]}. */
    float[] targets(List<float[][]> windows) {
        return curves(windows, seen, predicted);
    }

    private float[] curves(List<float[][]> windows, int from, int frames) {
        int outputs = layout.outputs();
        float[] curves = new float[windows.size() * outputs * frames];
        for (int b = 0; b < windows.size(); b++) {
            float[] relative = relative(windows.get(b), from, frames);
            for (int t = 0; t < frames; t++) {
                for (int c = 0; c < outputs; c++) {
                    curves[(b * outputs + c) * frames + t] = relative[t * outputs + c];
                }
            }
        }
        return curves;
    }

    /**
     * The rows that predicted curves stand for; columns that do not move keep their last value.
     *
     * @param curves {@code [batch, outputs, predicted]}
     * @param index of the window in the batch
     */
    float[][] rows(float[][] window, float[] curves, int index) {
        int outputs = layout.outputs();
        int joints = layout.joints();
        float[] last = new float[joints];
        layout.read(window[seen - 1], last, 0);
        RootTrack track = track(window);
        float[][] rows = new float[predicted][];
        float[] frame = new float[outputs];
        for (int t = 0; t < predicted; t++) {
            for (int c = 0; c < outputs; c++) {
                frame[c] = curves[(index * outputs + c) * predicted + t] + (c < joints ? last[c] : 0);
            }
            rows[t] = window[seen - 1].clone();
            layout.write(frame, 0, rows[t]);
            track.write(frame, joints, rows[t]);
        }
        return rows;
    }
}
