package io.github.unrolled.datasets.motion.track;

import io.github.unrolled.random.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Walkers with goals who avoid each other: the social-force model of Helbing and Molnár 1995 on a square place. A walker
 * comes in over an edge, heads for a point inside, then for a goal on another edge, and leaves; some stand still for a
 * while on their way. Its acceleration is
 *
 * <pre>
 *   (v₀ e - v) / τ  +  Σ w(e, f) f,   f = -∇ V₀ exp(-b / σ)
 * </pre>
 *
 * with e the direction of its goal and b the semi-minor axis of the ellipse that the next Δt seconds of the other walker's
 * motion span, seen from this one: the relative velocity, as in Johansson, Helbing and Shukla 2007, because with the other's
 * velocity alone walkers who cross brush against each other. τ = 0.5 s, V₀ = 2.1 m²/s², σ = 0.3 m, v₀ normal with
 * 1.34 ± 0.26 m/s, no faster than 1.3 v₀, and w halves what lies outside of a field of vision of 200 degrees: the values of
 * 1995; Δt = 1 s.
 */
public final class SocialForce {
    private static final double RELAXATION_SECONDS = 0.5;
    private static final double REPULSION = 2.1;
    private static final double RANGE_METRES = 0.3;
    private static final double AHEAD_SECONDS = 1;
    private static final double SPEED_MEAN = 1.34;
    private static final double SPEED_DEVIATION = 0.26;
    private static final double FASTEST = 1.3;
    private static final double BEHIND = 0.5;
    private static final double COS_HALF_VISION = Math.cos(Math.toRadians(100));

    /** Of the forces' noise, metres a second squared: what keeps tracks from being ruled lines. */
    private static final double RESTLESSNESS = 0.3;
    /** Of the positions that are recorded: annotated tracks are not exact either. */
    private static final double RECORDING_METRES = 0.01;

    private static final double REACHED_METRES = 0.8;
    private static final double PAUSE_PROBABILITY = 0.12;
    private static final int SUBSTEPS = 8;

    private final Options options;
    private final RandomGenerator random;
    private final List<Walker> walkers = new ArrayList<>();
    private int made;

    /**
     * What is simulated.
     *
     * @param sideMetres of the square place
     * @param arrivalsPerSecond how many walkers come in, on average
     * @param steps how many positions in time are recorded
     * @param stepSeconds between two of them
     */
    public record Options(double sideMetres, double arrivalsPerSecond, int steps, double stepSeconds) {
        /** A place of 14 metres with about ten walkers in it, 2.5 positions a second. */
        public Options(int steps) {
            this(14, 0.9, steps, TrackReader.ETH_UCY_STEP_SECONDS);
        }

        /** Checks the ranges. */
        public Options {
            if (!(sideMetres >= 2 && arrivalsPerSecond > 0 && steps >= 1 && stepSeconds > 0 && stepSeconds <= 2)) {
                throw new IllegalArgumentException("a place of " + sideMetres + " metres with " + arrivalsPerSecond
                        + " arrivals a second for " + steps + " steps of " + stepSeconds
                        + " seconds; expected 2 metres or more, more than 0, 1 or more, and at most 2 seconds");
            }
        }
    }

    private static final class Walker {
        private final String id;
        private final int first;
        private final double speed;
        private final double[][] goals;
        private final List<double[]> recorded = new ArrayList<>();
        private int goal;
        private double pause;
        private double x;
        private double y;
        private double vx;
        private double vy;
        private double ax;
        private double ay;

        Walker(String id, int first, double speed, double[] from, double[][] goals, double pause) {
            this.id = id;
            this.first = first;
            this.speed = speed;
            this.goals = goals;
            this.pause = pause;
            this.x = from[0];
            this.y = from[1];
            double distance = Math.hypot(goals[0][0] - x, goals[0][1] - y);
            this.vx = speed * (goals[0][0] - x) / distance;
            this.vy = speed * (goals[0][1] - y) / distance;
        }

        /** Metres to the goal that it heads for. */
        double distance() {
            return Math.hypot(goals[goal][0] - x, goals[goal][1] - y);
        }
    }

    private SocialForce(Options options, Seed seed) {
        this.options = options;
        this.random = seed.generator();
    }

    /** Simulates a scene; the same seed gives the same one. Walkers who are seen only once are left out. */
    public static Scene simulate(Options options, Seed seed) {
        return new SocialForce(options, seed).run();
    }

    private Scene run() {
        Map<String, Walker> all = new LinkedHashMap<>();
        double dt = options.stepSeconds / SUBSTEPS;
        int warmUp = (int) (options.sideMetres / SPEED_MEAN / options.stepSeconds);
        long[] frames = new long[options.steps];
        for (int step = -warmUp; step < options.steps; step++) {
            for (int i = 0; i < SUBSTEPS; i++) {
                arrive(Math.max(step, 0), dt);
                move(dt);
            }
            if (step >= 0) {
                frames[step] = step;
                for (Walker walker : walkers) {
                    all.putIfAbsent(walker.id, walker);
                    walker.recorded.add(new double[] {recorded(walker.x), recorded(walker.y)});
                }
            }
        }
        List<Track> tracks = new ArrayList<>();
        for (Walker walker : all.values()) {
            if (walker.recorded.size() > 1) {
                tracks.add(track(walker));
            }
        }
        return new Scene("simulator", options.stepSeconds, 1, frames, tracks);
    }

    private double recorded(double metres) {
        return metres + RECORDING_METRES * random.nextGaussian();
    }

    private static Track track(Walker walker) {
        double[] x = new double[walker.recorded.size()];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = walker.recorded.get(i)[0];
            y[i] = walker.recorded.get(i)[1];
        }
        return new Track(walker.id, walker.first, x, y);
    }

    // ---- coming and going

    private void arrive(int step, double dt) {
        if (random.nextDouble() >= options.arrivalsPerSecond * dt) {
            return;
        }
        int side = random.nextInt(4);
        double speed = Math.max(0.5, SPEED_MEAN + SPEED_DEVIATION * random.nextGaussian());
        double[] from = onEdge(side);
        double[] through = {
            options.sideMetres * (0.3 + 0.4 * random.nextDouble()),
            options.sideMetres * (0.3 + 0.4 * random.nextDouble())
        };
        double[] to = onEdge((side + 1 + random.nextInt(3)) % 4);
        double pause = random.nextDouble() < PAUSE_PROBABILITY ? 2 + 6 * random.nextDouble() : 0;
        // Half of all walk straight to where they want to go.
        double[][] goals = random.nextBoolean() ? new double[][] {to} : new double[][] {through, to};
        boolean free = walkers.stream().allMatch(other -> Math.hypot(other.x - from[0], other.y - from[1]) > 1);
        // Nobody steps on another one's feet.
        if (free) {
            made++;
            walkers.add(new Walker(Integer.toString(made), step, speed, from, goals, pause));
        }
    }

    private double[] onEdge(int side) {
        double along = options.sideMetres * (0.1 + 0.8 * random.nextDouble());
        double across = side < 2 ? 0 : options.sideMetres;
        return side % 2 == 0 ? new double[] {across, along} : new double[] {along, across};
    }

    // ---- forces

    private void move(double dt) {
        for (Walker walker : walkers) {
            accelerate(walker, dt);
        }
        for (Walker walker : walkers) {
            walker.vx += dt * walker.ax;
            walker.vy += dt * walker.ay;
            double limit = FASTEST * walker.speed / Math.max(1e-9, Math.hypot(walker.vx, walker.vy));
            if (limit < 1) {
                walker.vx *= limit;
                walker.vy *= limit;
            }
            walker.x += dt * walker.vx;
            walker.y += dt * walker.vy;
        }
        walkers.removeIf(walker -> {
            boolean reached = walker.distance() < REACHED_METRES;
            boolean last = walker.goal == walker.goals.length - 1;
            if (reached && !last) {
                walker.goal++;
            }
            return reached && last;
        });
    }

    private void accelerate(Walker own, double dt) {
        double distance = Math.max(1e-9, own.distance());
        double ex = (own.goals[own.goal][0] - own.x) / distance;
        double ey = (own.goals[own.goal][1] - own.y) / distance;
        boolean halfWay = distance < options.sideMetres / 2 && own.goal == own.goals.length - 1;
        double wanted = own.speed;
        if (own.pause > 0 && halfWay) {
            own.pause -= dt;
            wanted = 0;
        }
        own.ax = (wanted * ex - own.vx) / RELAXATION_SECONDS + RESTLESSNESS * random.nextGaussian();
        own.ay = (wanted * ey - own.vy) / RELAXATION_SECONDS + RESTLESSNESS * random.nextGaussian();
        for (Walker other : walkers) {
            if (other != own) {
                repel(own, other, ex, ey);
            }
        }
    }

    /** The gradient of the repulsive potential, equations 3 and 4 of the paper. */
    private static void repel(Walker own, Walker other, double ex, double ey) {
        double rx = own.x - other.x;
        double ry = own.y - other.y;
        double r = Math.max(1e-3, Math.hypot(rx, ry));
        double yx = (other.vx - own.vx) * AHEAD_SECONDS;
        double yy = (other.vy - own.vy) * AHEAD_SECONDS;
        double sx = rx - yx;
        double sy = ry - yy;
        double s = Math.max(1e-3, Math.hypot(sx, sy));
        double step2 = yx * yx + yy * yy;
        double b = 0.5 * Math.sqrt(Math.max(1e-4, (r + s) * (r + s) - step2));
        double size = REPULSION / RANGE_METRES * Math.exp(-b / RANGE_METRES) * (r + s) / (4 * b);
        double fx = size * (rx / r + sx / s);
        double fy = size * (ry / r + sy / s);
        double f = Math.max(1e-9, Math.hypot(fx, fy));
        boolean seen = ex * -fx + ey * -fy >= f * COS_HALF_VISION;
        double weight = seen ? 1 : BEHIND;
        own.ax += weight * fx;
        own.ay += weight * fy;
    }
}
