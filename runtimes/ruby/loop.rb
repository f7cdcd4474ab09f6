# frozen_string_literal: true

# Loads one Ruby action and calls its method for each request. Its lines and their answers are described in
# shared/python/interpreter.py.

require 'fiddle'
require 'json'
require 'monitor'
require_relative 'logs'

module Whirl
  # A variable that changes with each run, always in the same memory: the C library never gives back a text that setenv
  # got, and a sandbox that serves millions of runs would fill its memory with their ids.
  class Variable
    PUTENV = Fiddle::Function.new(Fiddle.dlopen(nil)['putenv'], [Fiddle::TYPE_VOIDP], Fiddle::TYPE_INT)

    def initialize(name)
      @name = name
      @places = [] # those of before were too small; somebody may look at them still
      @size = 0
    end

    def set(text)
      entry = "#{@name}=#{text}".b
      raise ArgumentError, "#{@name} can't be set: it contains a null byte" if entry.include?("\0")

      make_room(entry.bytesize)
      @places.last[0, entry.bytesize + 1] = entry << 0
      PUTENV.call(@places.last)
    end

    private

    def make_room(size)
      return if size < @size

      @size = (2 * size) + 64
      @places << Fiddle::Pointer.malloc(@size)
    end
  end

  # Sets `__OW_<KEY>` for every field of a request but its value, and takes back what only an earlier one set.
  class Environment
    def initialize(initial)
      @initial = initial
      @current = {}
      @variables = Hash.new { |all, name| all[name] = Variable.new(name) }
      ENV.update(initial)
    end

    def update(request)
      now = request.except('value')
      now.each { |key, value| set(name(key), text(value)) unless @current[key] == value }
      (@current.keys - now.keys).each { |key| set(name(key), @initial[name(key)]) }
      @current = now
    end

    private

    def set(name, text)
      if text
        @variables[name].set(text)
      else
        ENV.delete(name)
      end
    end

    def name(key) = "__OW_#{key.upcase}"

    def text(value) = value.is_a?(String) ? value : JSON.generate(value)
  end

  # The action's code, once it is there.
  class Action
    NO_DICTIONARY = 'The action did not return a dictionary or array.'

    def initialize(order)
      @file, @main = order.values_at('file', 'main')
      @folder = File.dirname(@file)
      @environment = Environment.new(order['env'])
    end

    # Status and document.
    def load_code
      Dir.chdir(@folder)
      find_libraries
      load(@file)
      top = TOPLEVEL_BINDING.receiver
      return error("Action entrypoint '#{@main}' is not a function.") unless top.respond_to?(@main, true)

      @method = top.method(@main)
      [200, '{"ok":true}']
    rescue Exception => e # rubocop:disable Lint/RescueException
      error(Whirl.explain(e, @folder))
    end

    def run(request)
      @environment.update(request)
      answer(@method.call(request.fetch('value', {})))
    rescue Exception => e # rubocop:disable Lint/RescueException
      Whirl.print_trace(e, @folder)
      error("An error has occurred: #{Whirl.explain(e, @folder)}")
    end

    private

    # Gems that came with the code: `bundle install --standalone`, or `vendor/bundle`.
    def find_libraries
      $LOAD_PATH.unshift(@folder, File.join(@folder, 'lib'))
      $LOAD_PATH.concat(Dir.glob(File.join(@folder, 'vendor/bundle/ruby/*/gems/*/lib')))
      standalone = File.join(@folder, 'bundle/bundler/setup.rb')
      require standalone if File.file?(standalone)
    end

    def answer(result)
      return error(NO_DICTIONARY) unless result.is_a?(Hash) || result.is_a?(Array)

      [200, JSON.generate(result, max_nesting: 0)]
    rescue JSON::GeneratorError, EncodingError => e
      error("An error has occurred: the result is not JSON: #{e.message}")
    end

    def error(sentence) = [502, JSON.generate({ error: sentence })]
  end

  # What went wrong and where, in one line for most errors.
  def self.explain(problem, folder)
    text = "#{problem.class}: #{readable(problem.message)}".gsub("#{folder}/", '')
    line = (problem.backtrace || []).find { |each| each.start_with?(folder) }
    line && !problem.is_a?(SyntaxError) ? "#{text} (#{line.delete_prefix("#{folder}/")[/\A[^:]*:\d+/]})" : text
  end

  def self.readable(text) = text.dup.force_encoding(Encoding::UTF_8).scrub

  # As Ruby does it, without the frames of this loop.
  def self.print_trace(problem, folder)
    own = (problem.backtrace || []).reject { |each| each.start_with?(__dir__) }
    $stderr.puts "#{own.first || folder}: #{readable(problem.message)} (#{problem.class})"
    own.drop(1).each { |each| $stderr.puts "\tfrom #{each}" }
  end

  # Answers that a forked child, which returns from the action as well, can't give.
  class Answers
    def initialize(descriptor)
      @io = IO.for_fd(descriptor, 'wb')
      @io.close_on_exec = true
      @io.sync = true
      @owner = Process.pid
    end

    def give(status, has_written, document)
      exit! unless Process.pid == @owner
      @io.write("#{status} #{has_written ? 1 : 0} #{document}\n")
    end
  end

  # A document, or what it is that Ruby has no value for, such as half a surrogate pair.
  def self.read(document)
    [JSON.parse(document, max_nesting: 0), nil]
  rescue JSON::ParserError => e
    [nil, "An error has occurred: the request could not be read: #{readable(e.message)}"]
  end

  def self.serve
    answers = Answers.new(3)
    requests = IO.for_fd(4, 'rb:UTF-8')
    requests.close_on_exec = true
    action = nil
    while (line = requests.gets)
      kind, number, document = line.split(' ', 3)
      Logs.begin(Integer(number))
      request, problem = read(document)
      status, answer =
        if problem
          [502, JSON.generate({ error: problem })]
        elsif kind == 'INIT'
          action = Action.new(request)
          action.load_code
        else
          action.run(request)
        end
      answers.give(status, Logs.end, answer)
    end
  end
end

Whirl::Logs.capture
Whirl.serve
