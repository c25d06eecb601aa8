/**
 * Programs.
 */
package org.t5j.examples;
