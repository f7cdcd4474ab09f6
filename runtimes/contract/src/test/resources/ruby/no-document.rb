def main(_args)
  'text'
end
