using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Whirl;

/// <summary>Marks each line of output with the run that wrote it and the time, and writes it at once:
/// <c>0x1E number ':' microseconds since the epoch 0x1F text '\n'</c>. For a server that reads no marks, whose requests
/// have numbers below zero, lines are as they are.</summary>
sealed class Logs
{
    private readonly Stream[] streams;
    private int number;
    private bool hasWritten;

    private Logs() => streams = new[] { new Stream(this, 1), new Stream(this, 2) };

    public static Logs Capture()
    {
        var logs = new Logs();
        Console.SetOut(logs.streams[0]);
        Console.SetError(logs.streams[1]);
        return logs;
    }

    public void Begin(int request)
    {
        lock (this)
        {
            (number, hasWritten) = (request, false);
        }
    }

    /// <summary>Writes what has no line end; whether there was any output.</summary>
    public bool End()
    {
        lock (this)
        {
            Array.ForEach(streams, each => each.EndLine());
            return hasWritten;
        }
    }

    private sealed class Stream : TextWriter
    {
        private const int MaxPartial = 256 * 1024;

        private readonly Logs logs;
        private readonly FileStream target;
        private readonly StringBuilder partial = new();

        public Stream(Logs logs, int descriptor)
        {
            this.logs = logs;
            target = new FileStream(new SafeFileHandle(descriptor, false), FileAccess.Write, 0);
        }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(string? text)
        {
            lock (logs)
            {
                foreach (var value in text ?? "")
                {
                    if (value == '\n' || (partial.Length >= MaxPartial && !char.IsLowSurrogate(value)))
                    {
                        Send(Taken());
                    }
                    if (value != '\n')
                    {
                        partial.Append(value);
                    }
                }
            }
        }

        public override void WriteLine(string? text) => Write(text + "\n");

        public void EndLine()
        {
            if (partial.Length > 0)
            {
                Send(Taken());
            }
        }

        private string Taken()
        {
            var line = partial.ToString();
            partial.Clear();
            return line;
        }

        private void Send(string line)
        {
            logs.hasWritten = true;
            var micros = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / 10;
            var mark = logs.number < 0 ? "" : $"\u001e{logs.number}:{micros}\u001f";
            target.Write(Encoding.UTF8.GetBytes($"{mark}{line}\n"));
        }
    }
}
