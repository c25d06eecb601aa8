package org.t5j.train.optim;

import org.t5j.core.kernel.Kernels;

/** The settings of an optimizer: a record that can make one. */
public interface OptimizerConfig {

    /** A new optimizer that has taken no step. */
    Optimizer create(Kernels kernels);
}
