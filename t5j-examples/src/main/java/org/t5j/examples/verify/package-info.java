/**
 * Comparing a checkpoint with what another implementation computed from it: {@link
 * org.t5j.examples.verify.RecordedForward} for states, loss and gradients, {@link
 * org.t5j.examples.verify.RecordedGeneration} for outputs. The command line's {@code verify} prints the result; nothing
 * here prints.
 */
package org.t5j.examples.verify;
