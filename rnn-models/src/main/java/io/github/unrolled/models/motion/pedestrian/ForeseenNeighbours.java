package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.tensor.Shape;
import java.util.List;

/**
 * Where a decoder has the neighbours of every walker, seen from its own frame: with p and p' the two positions, each in its
 * owner's frame, o the other's origin and R the rotation between the headings, r = o + R p' - p, and likewise for velocities.
 */
final class ForeseenNeighbours {
    private final int[] of;
    private final int[] other;
    private final Variable real;
    private final Variable offset;
    private final Variable cos;
    private final Variable sin;
    private final Variable quarterTurn;

    /** @param blocks how many futures are decoded side by side, all walkers of the first one first */
    ForeseenNeighbours(Tape tape, WalkerBatch batch, int blocks) {
        Neighbours near = batch.neighbours();
        of = SocialPooling.repeated(near.of(), blocks, batch.rows());
        other = SocialPooling.repeated(near.other(), blocks, batch.rows());
        real = SocialPooling.repeated(tape, near.real(), 1, blocks);
        offset = SocialPooling.repeated(tape, near.offset(), 2, blocks);
        cos = SocialPooling.repeated(tape, near.cos(), 2, blocks);
        sin = SocialPooling.repeated(tape, near.sin(), 2, blocks);
        // (x, y) times this is (-y, x).
        quarterTurn = tape.constant(tape.allocate(Shape.of(2, 2)).set(0f, 1f, -1f, 0f));
    }

    int[] of() {
        return of;
    }

    Variable real() {
        return real;
    }

    /** Position and velocity of every pair's other walker relative to the first one, {@code [pairs, 4]}. */
    Variable relative(Variable positions, Variable velocities) {
        Variable place = Ops.add(Ops.subtract(turned(positions), Ops.gather(positions, of)), offset);
        Variable motion = Ops.subtract(turned(velocities), Ops.gather(velocities, of));
        return Ops.concat(List.of(place, motion));
    }

    private Variable turned(Variable vectors) {
        Variable theirs = Ops.gather(vectors, other);
        return Ops.add(Ops.multiply(theirs, cos), Ops.multiply(Ops.matmul(theirs, quarterTurn), sin));
    }
}
