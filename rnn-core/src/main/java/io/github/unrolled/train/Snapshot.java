package io.github.unrolled.train;

import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.HeapMemory;
import io.github.unrolled.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Everything that the future of a training run depends on, as named numbers and tensors: what a checkpoint holds. Names
 * are dotted paths; {@link #scope} gives each part of the trainer a namespace of its own.
 */
public final class Snapshot {
    private final String prefix;
    private final Map<String, Long> integers;
    private final Map<String, Double> decimals;
    private final Map<String, Tensor> tensors;

    private Snapshot(
            String prefix, Map<String, Long> integers, Map<String, Double> decimals, Map<String, Tensor> tensors) {
        this.prefix = prefix;
        this.integers = integers;
        this.decimals = decimals;
        this.tensors = tensors;
    }

    /** An empty snapshot. */
    public Snapshot() {
        this("", new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** A view of the names below {@code name}. */
    public Snapshot scope(String name) {
        return new Snapshot(prefix + name + ".", integers, decimals, tensors);
    }

    /** Stores a whole number. */
    public void put(String name, long value) {
        integers.put(prefix + name, value);
    }

    /** Stores a number, bit by bit. */
    public void put(String name, double value) {
        decimals.put(prefix + name, value);
    }

    /** Stores a copy of a tensor. */
    public void put(String name, Tensor tensor) {
        tensors.put(prefix + name, copy(tensor));
    }

    private static Tensor copy(Tensor tensor) {
        Tensor copy = Tensor.allocate(HeapMemory.allocator(tensor.type()), tensor.shape());
        if (tensor.type() == ElementType.FLOAT32) {
            return copy.set(tensor.toFloats());
        }
        return copy.set(tensor.toDoubles());
    }

    /** A whole number stored before. */
    public long integer(String name) {
        return required(integers, name);
    }

    /** A number stored before. */
    public double decimal(String name) {
        return required(decimals, name);
    }

    /** A tensor stored before. */
    public Tensor tensor(String name) {
        return required(tensors, name);
    }

    /** Whether a tensor of that name was stored. */
    public boolean hasTensor(String name) {
        return tensors.containsKey(prefix + name);
    }

    /** Copies a stored tensor's elements into one of the same shape. */
    public void restore(String name, Tensor target) {
        Tensor stored = tensor(name);
        if (!stored.shape().equals(target.shape())) {
            throw new SnapshotException("the checkpoint holds " + prefix + name + " as " + stored.shape()
                    + ", this run needs " + target.shape() + "; resume with the options that the run was started with");
        }
        if (target.type() == ElementType.FLOAT32) {
            target.set(stored.toFloats());
        } else {
            target.set(stored.toDoubles());
        }
    }

    private <T> T required(Map<String, T> values, String name) {
        T value = values.get(prefix + name);
        if (value == null) {
            throw new SnapshotException("the checkpoint has no " + prefix + name
                    + "; resume with the options that the run was started with");
        }
        return value;
    }

    /** All whole numbers, by full name. */
    public Map<String, Long> integers() {
        return Map.copyOf(integers);
    }

    /** All other numbers, by full name. */
    public Map<String, Double> decimals() {
        return Map.copyOf(decimals);
    }

    /** The full names of all tensors. */
    public Set<String> tensorNames() {
        return Set.copyOf(tensors.keySet());
    }
}
