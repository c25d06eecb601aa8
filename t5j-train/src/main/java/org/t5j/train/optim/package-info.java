/**
 * What changes parameters: {@link org.t5j.train.optim.Adafactor}, {@link org.t5j.train.optim.AdamW} and the clipping of
 * gradients before them. Start at {@link org.t5j.train.optim.Optimizer}; a new optimizer is a configuration record, a
 * class and a line in {@link org.t5j.train.optim.Optimizers}. The arithmetic on tensors is the kernels'; learning rates
 * come from {@code org.t5j.train.schedule}.
 */
package org.t5j.train.optim;
