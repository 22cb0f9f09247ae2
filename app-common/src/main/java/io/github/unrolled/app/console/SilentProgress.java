package io.github.unrolled.app.console;

import java.util.function.Supplier;

/** Shows nothing. */
final class SilentProgress implements Progress {
    @Override
    public void update(double fraction, Supplier<String> detail) {}

    @Override
    public void line(String text) {}

    @Override
    public void close() {}
}
