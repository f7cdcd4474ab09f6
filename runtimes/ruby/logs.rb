# frozen_string_literal: true

module Whirl
  # Marks each line of output with the run that wrote it and the time, and writes it at once:
  #
  #   0x1E <request number> ':' <microseconds since the epoch> 0x1F <text> "\n"
  #
  # For a server that reads no marks, whose requests have numbers below zero, lines are as they are.
  module Logs
    MAX_PARTIAL_BYTES = (1024 * 1024) - 64 # of a line without an end: with its mark still one line for the server

    # What stands behind $stdout or $stderr.
    class Stream < IO
      def write(*parts)
        text = parts.map(&:to_s).map(&:b).join
        Logs.lock { take(text) }
        text.bytesize
      end

      # Writes what has no line end.
      def end_line
        write_lines(@partial.slice!(0..)) unless partial.empty?
      end

      private

      def partial = @partial ||= String.new(encoding: Encoding::BINARY)

      def take(text)
        last = text.rindex("\n")
        if last
          write_lines(partial.slice!(0..) << text.byteslice(0, last))
          text = text.byteslice(last + 1..)
        end
        partial << text
        write_lines(partial.slice!(0, whole_characters)) while partial.bytesize > MAX_PARTIAL_BYTES
      end

      # How many bytes of a line that is too long end with a whole character.
      def whole_characters
        size = MAX_PARTIAL_BYTES
        size -= 1 while size > MAX_PARTIAL_BYTES - 4 && (partial.getbyte(size) & 0xC0) == 0x80
        size
      end

      def write_lines(lines)
        mark = Logs.mark
        write_all(mark + lines.gsub("\n", "\n#{mark}") << "\n")
      end

      def write_all(rest)
        until rest.empty?
          begin
            rest = rest.byteslice(syswrite(rest)..)
          rescue Errno::EAGAIN # a full pipe that somebody made non-blocking
            IO.select(nil, [self])
          end
        end
      rescue SystemCallError
        nil # nobody reads any more
      end
    end

    @lock = Monitor.new
    @number = 0
    @has_written = false

    class << self
      def lock(&block) = @lock.synchronize(&block)

      # All that is printed from now on belongs to this request.
      def begin(number)
        @number = number
        @has_written = false
      end

      # Ends the output of a run; tells whether there was any.
      def end
        lock { [@stdout, @stderr].each(&:end_line) }
        @has_written
      end

      def mark
        @has_written = true
        return ''.b if @number.negative?

        "\x1E#{@number}:#{Process.clock_gettime(Process::CLOCK_REALTIME, :microsecond)}\x1F".b
      end

      # Puts marked streams in place of the interpreter's own.
      def capture
        @stdout, @stderr = [1, 2].map { |descriptor| stream(descriptor) }
        $stdout = @stdout
        $stderr = @stderr
        Object.send(:remove_const, :STDOUT)
        Object.send(:remove_const, :STDERR)
        Object.const_set(:STDOUT, @stdout)
        Object.const_set(:STDERR, @stderr)
      end

      private

      def stream(descriptor)
        stream = Stream.for_fd(descriptor, 'w', autoclose: false)
        stream.sync = true
        stream
      end
    end
  end
end
