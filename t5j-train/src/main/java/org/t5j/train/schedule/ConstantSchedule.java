package org.t5j.train.schedule;

import org.t5j.train.config.Doc;

/** The same rate throughout; T5 fine-tunes with 1e-3. */
public record ConstantSchedule(@Doc("the rate") double base) implements Schedule {

    public ConstantSchedule {
        Warmup.check(base, 0);
    }

    /** 1e-3, as T5 fine-tunes. */
    public static ConstantSchedule defaults() {
        return new ConstantSchedule(1e-3);
    }

    @Override
    public double learningRate(long step) {
        return base;
    }
}
