/**
 * Configuration files: records from YAML and JSON and back, {@code --set} overrides, messages that name the key, and
 * the generated reference. Start at {@link org.t5j.train.config.ConfigFile}. What the settings are is not known here.
 */
package org.t5j.train.config;
