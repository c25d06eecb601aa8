/**
 * From text sources to batches of ids.
 */
package org.t5j.data;
