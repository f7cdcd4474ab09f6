package dev.whirl.store;

/// All that a process keeps, behind one port. Closing it writes what is pending and closes all of them.
public interface Stores extends AutoCloseable {
    Entities entities();

    Subjects subjects();

    CodeStore code();

    Activations activations();

    InvocationJournal journal();

    @Override
    void close();
}
