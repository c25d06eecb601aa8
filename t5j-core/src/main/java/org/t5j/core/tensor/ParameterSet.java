package org.t5j.core.tensor;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The parameters of a model in a fixed order, by name. Owns their memory: {@link #close} frees values and gradients.
 */
public final class ParameterSet implements Iterable<Parameter>, AutoCloseable {
    private final Backend backend;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    /** An empty set; {@code backend} allocates what is added and must outlive it. */
    public ParameterSet(Backend backend) {
        this.backend = backend;
    }

    /** Adds a zeroed parameter. */
    public Parameter add(String name, int... shape) {
        Parameter parameter = new Parameter(name, backend.allocateTensor(shape));
        if (parameters.putIfAbsent(name, parameter) != null) {
            backend.free(parameter.value().storage());
            throw new IllegalArgumentException("There already is a parameter named " + name);
        }
        return parameter;
    }

    /**
     * The parameter of that name.
     *
     * @throws IllegalArgumentException where there is none
     */
    public Parameter get(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("There is no parameter named " + name);
        }
        return parameter;
    }

    /** Whether there is a parameter of that name. */
    public boolean contains(String name) {
        return parameters.containsKey(name);
    }

    /** All names, in the order of adding; cannot be changed. */
    public Collection<String> names() {
        return java.util.Collections.unmodifiableSet(parameters.keySet());
    }

    /** Number of parameters: matrices, tables and vectors, not weights. */
    public int size() {
        return parameters.size();
    }

    /** Number of weights. */
    public long count() {
        return stream().mapToLong(p -> p.value().length()).sum();
    }

    /** Number of weights that are trained. */
    public long trainableCount() {
        return stream()
                .filter(Parameter::trainable)
                .mapToLong(p -> p.value().length())
                .sum();
    }

    /** All parameters, in the order of adding. */
    public Stream<Parameter> stream() {
        return parameters.values().stream();
    }

    /** Gives every parameter that is trained a zeroed gradient; does nothing where there is one. */
    public void allocateGradients() {
        stream().filter(Parameter::trainable).forEach(parameter -> parameter.allocateGradient(backend));
    }

    /** Trains the parameters of these names and freezes all others, whose gradients are given back. */
    public void setTrainable(Predicate<String> names) {
        for (Parameter parameter : this) {
            parameter.setTrainable(names.test(parameter.name()));
            if (!parameter.trainable()) {
                parameter.freeGradient(backend);
            }
        }
    }

    @Override
    public Iterator<Parameter> iterator() {
        return java.util.Collections.unmodifiableCollection(parameters.values()).iterator();
    }

    @Override
    public void close() {
        forEach(parameter -> parameter.free(backend));
        parameters.clear();
    }
}
