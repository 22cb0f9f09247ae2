package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.datasets.motion.track.TrackWindow;
import java.util.List;

/**
 * The errors of forecasts in metres, means over walkers: ADE over all predicted steps, FDE at the last one. Of several
 * samples, three figures that must not be confused:
 *
 * <ul>
 *   <li>of one sample: the first;
 *   <li>best per pedestrian: each walker's smallest ADE and, independently, smallest FDE (Social-STGCNN, AgentFormer);
 *   <li>best per window: the sample whose errors, summed over the window's walkers, are smallest, again independently for ADE
 *       and FDE (Social-GAN). Larger: one sample has to be right about everybody.
 * </ul>
 *
 * @param walkers how many were predicted
 * @param ade of one sample
 * @param fde of one sample
 * @param pedestrianAde best per pedestrian
 * @param pedestrianFde best per pedestrian
 * @param windowAde best per window
 * @param windowFde best per window
 */
public record ForecastErrors(
        long walkers,
        double ade,
        double fde,
        double pedestrianAde,
        double pedestrianFde,
        double windowAde,
        double windowFde) {
    private static final int FIGURES = 6;

    /**
     * Measures forecasts against what happened.
     *
     * @param windows with their predicted steps
     * @param forecasts one a window, at least as many steps
     */
    public static ForecastErrors of(List<TrackWindow> windows, List<Forecast> forecasts) {
        double[] sums = new double[FIGURES];
        long walkers = 0;
        for (int i = 0; i < windows.size(); i++) {
            add(windows.get(i), forecasts.get(i), sums);
            walkers += windows.get(i).walkers();
        }
        for (int i = 0; i < FIGURES; i++) {
            sums[i] /= walkers;
        }
        return new ForecastErrors(walkers, sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
    }

    private static void add(TrackWindow window, Forecast forecast, double[] sums) {
        int samples = forecast.samples();
        double[] sampleAde = new double[samples];
        double[] sampleFde = new double[samples];
        for (int walker = 0; walker < window.walkers(); walker++) {
            double bestAde = Double.POSITIVE_INFINITY;
            double bestFde = Double.POSITIVE_INFINITY;
            for (int sample = 0; sample < samples; sample++) {
                double sum = 0;
                double last = 0;
                for (int t = 0; t < window.predicted(); t++) {
                    last = Math.hypot(
                            forecast.x(sample, t, walker) - window.x(window.observed() + t, walker),
                            forecast.y(sample, t, walker) - window.y(window.observed() + t, walker));
                    sum += last;
                }
                double mean = sum / window.predicted();
                sampleAde[sample] += mean;
                sampleFde[sample] += last;
                bestAde = Math.min(bestAde, mean);
                bestFde = Math.min(bestFde, last);
            }
            sums[2] += bestAde;
            sums[3] += bestFde;
        }
        sums[0] += sampleAde[0];
        sums[1] += sampleFde[0];
        sums[4] += smallest(sampleAde);
        sums[5] += smallest(sampleFde);
    }

    private static double smallest(double[] values) {
        double smallest = values[0];
        for (double value : values) {
            smallest = Math.min(smallest, value);
        }
        return smallest;
    }

    /** The mean of several tests, each counting as one however many walkers it has. */
    public static ForecastErrors mean(List<ForecastErrors> tests) {
        return new ForecastErrors(
                tests.stream().mapToLong(ForecastErrors::walkers).sum(),
                tests.stream().mapToDouble(ForecastErrors::ade).average().orElseThrow(),
                tests.stream().mapToDouble(ForecastErrors::fde).average().orElseThrow(),
                tests.stream()
                        .mapToDouble(ForecastErrors::pedestrianAde)
                        .average()
                        .orElseThrow(),
                tests.stream()
                        .mapToDouble(ForecastErrors::pedestrianFde)
                        .average()
                        .orElseThrow(),
                tests.stream().mapToDouble(ForecastErrors::windowAde).average().orElseThrow(),
                tests.stream().mapToDouble(ForecastErrors::windowFde).average().orElseThrow());
    }
}
