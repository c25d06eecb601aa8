package org.t5j.tokenizer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written, in words. */
public final class FileReason {
    private FileReason() {}

    /** The reason, without a full stop: {@code No space left on device}. */
    public static String of(IOException e) {
        String said = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        if (e instanceof AccessDeniedException) {
            return "access is denied; change its permissions";
        } else if (e instanceof CharacterCodingException) {
            return "it is not UTF-8";
        } else if (said != null) {
            return said;
        } else if (e instanceof NoSuchFileException failure) {
            return "there is no " + failure.getFile();
        } else if (e instanceof FileAlreadyExistsException failure) {
            return failure.getFile() + " exists already";
        } else if (e instanceof NotDirectoryException failure) {
            return failure.getFile() + " is no directory";
        } else if (e instanceof DirectoryNotEmptyException failure) {
            return failure.getFile() + " is not empty";
        }
        return e instanceof EOFException ? "it ends too early" : "the system does not say why";
    }
}
