/**
 * The T5 model.
 */
package org.t5j.core;
