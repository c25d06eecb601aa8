/**
 * Throughput programs: {@link org.t5j.examples.bench.TrainBenchmark}, {@link
 * org.t5j.examples.bench.GenerateBenchmark}, {@link org.t5j.examples.bench.GemmBenchmark} for the ceiling of both, {@link
 * org.t5j.examples.bench.KernelComparison} for single kernels, {@link
 * org.t5j.examples.bench.TokenizerBenchmark} for vocabularies and {@link org.t5j.examples.bench.CommandComparison}, which
 * runs any two programs in turn. {@code KernelSets} knows the implementations. Tests of correctness are not here.
 */
package org.t5j.examples.bench;
