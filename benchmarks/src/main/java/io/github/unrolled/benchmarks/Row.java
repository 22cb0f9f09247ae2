package io.github.unrolled.benchmarks;

import io.github.unrolled.app.result.ResultRow;
import java.util.ArrayList;
import java.util.List;

/**
 * A task beside a peer: pairs of measurements, one right after the other.
 *
 * @param task what was measured
 * @param peer who we are compared with
 * @param ours our readings, one a pair
 * @param theirs the peer's readings, one a pair
 */
record Row(Task task, String peer, List<Reading> ours, List<Reading> theirs) {
    Row {
        ours = List.copyOf(ours);
        theirs = List.copyOf(theirs);
    }

    double ourMilliseconds() {
        return Statistics.median(milliseconds(ours));
    }

    double peerMilliseconds() {
        return Statistics.median(milliseconds(theirs));
    }

    /** The peer's time in ours, the median over the pairs: noise that lasts longer than a pair hits both. */
    double ratio() {
        return Statistics.median(ratios());
    }

    /** Half of the pairs lie within this distance of each other, relative to the ratio. */
    double spread() {
        return (Statistics.quantile(0.75, ratios()) - Statistics.quantile(0.25, ratios())) / ratio();
    }

    private double[] ratios() {
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = theirs.get(i).milliseconds() / ours.get(i).milliseconds();
        }
        return ratios;
    }

    /** The part of the machine's peak that the matrix products of our step reach. */
    double peakFraction(double gigaflops) {
        return task.operations() / (ourMilliseconds() * 1e6) / gigaflops;
    }

    ResultRow result(double gigaflops) {
        Reading our = ours.get(ours.size() - 1);
        Reading their = theirs.get(theirs.size() - 1);
        return ResultRow.of(task.name(), "ratio", rounded(ratio()), "times faster")
                .with("peer", peer)
                .with("ours_ms", rounded(ourMilliseconds()))
                .with("peer_ms", rounded(peerMilliseconds()))
                .with("ratio", rounded(ratio()))
                .with("spread", rounded(spread()))
                .with("ratio_min", rounded(Statistics.quantile(0, ratios())))
                .with("ratio_max", rounded(Statistics.quantile(1, ratios())))
                .with("pairs", ours.size())
                .with("peak_fraction", rounded(peakFraction(gigaflops)))
                .with("ours_native_mb", our.nativeMegabytes())
                .with("ours_heap_mb", our.heapMegabytes())
                .with("ours_resident_mb", our.residentMegabytes())
                .with("peer_resident_mb", their.residentMegabytes());
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    private static double[] milliseconds(List<Reading> readings) {
        return readings.stream().mapToDouble(Reading::milliseconds).toArray();
    }

    /** Measures pairs; who comes first changes from pair to pair. */
    static Row measure(Task task, String peer, PeerProcess us, PeerProcess them, int pairs, double seconds)
            throws java.io.IOException {
        List<Reading> ours = new ArrayList<>();
        List<Reading> theirs = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            if (pair % 2 == 0) {
                ours.add(us.measure(task, seconds));
                theirs.add(them.measure(task, seconds));
            } else {
                theirs.add(them.measure(task, seconds));
                ours.add(us.measure(task, seconds));
            }
        }
        return new Row(task, peer, ours, theirs);
    }
}
