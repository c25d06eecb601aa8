/** Throughput programs. Start at {@link org.t5j.examples.bench.TrainBenchmark}. Tests of correctness are not here. */
package org.t5j.examples.bench;
