/**
 * Where examples come from: text files, plain or gzip, one or many. Start with {@link org.t5j.data.source.Source}; a
 * source delivers {@link org.t5j.data.Example}s in a fixed order and can start at any of them. Nothing here tokenizes or
 * shuffles.
 */
package org.t5j.data.source;
