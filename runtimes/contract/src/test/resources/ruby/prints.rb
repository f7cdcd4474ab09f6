def main(args)
  puts 'one'
  warn 'two'
  print "three\nfour\n"
  STDERR.write('five ', args['text'])
  {}
end
