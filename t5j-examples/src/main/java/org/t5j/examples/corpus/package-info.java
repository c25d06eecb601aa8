/**
 * What {@code t5j data prepare} and {@code t5j data inspect} do beyond the library: the language detector, the
 * configuration file, tables and plots.
 */
package org.t5j.examples.corpus;
