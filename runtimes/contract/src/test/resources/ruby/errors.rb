# What goes wrong, by name.

def raises(_args)
  # a line
  raise ArgumentError, 'no good'
end

def exits(_args)
  exit 3
end

def not_json(_args)
  { 'number' => Float::NAN }
end

def recurses(args)
  recurses(args)
end
