/**
 * {@code bin/t5j quickstart}: from bundled texts to a pre-trained, fine-tuned and evaluated model within minutes. Start
 * with {@link org.t5j.examples.quickstart.Quickstart}. Only what is particular to these texts and tasks stands here; the
 * work is done by the library, through configuration files.
 */
package org.t5j.examples.quickstart;
