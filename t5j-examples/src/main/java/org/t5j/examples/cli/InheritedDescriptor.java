package org.t5j.examples.cli;

import java.io.FileDescriptor;
import java.lang.reflect.Constructor;

/** File descriptors that {@code bin/t5j} opened before it started Java. */
final class InheritedDescriptor {
    private InheritedDescriptor() {}

    /** The descriptor whose number the system property {@code property} holds; {@code otherwise} where it is not set. */
    static FileDescriptor named(String property, FileDescriptor otherwise) {
        String number = System.getProperty(property);
        return number == null ? otherwise : open(Integer.parseInt(number));
    }

    private static FileDescriptor open(int number) {
        try {
            Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            return constructor.newInstance(number);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This JVM cannot write to descriptor " + number, e);
        }
    }
}
