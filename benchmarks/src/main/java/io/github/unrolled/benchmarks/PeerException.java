package io.github.unrolled.benchmarks;

/** A peer could not be measured; its rows are left out with this sentence. */
final class PeerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PeerException(String message) {
        super(message);
    }
}
