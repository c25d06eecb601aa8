/**
 * Training beside a twin in PyTorch, from the same weights on the same batches: {@link
 * org.t5j.examples.twin.TwinDirectory} is what both start from, {@link org.t5j.examples.twin.TwinTraining} t5j's losses, {@link
 * org.t5j.examples.twin.LossComparison} how far the two are apart. The command line's {@code twin} prints the results;
 * nothing here prints.
 */
package org.t5j.examples.twin;
