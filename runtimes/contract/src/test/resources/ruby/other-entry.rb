def niam(args)
  { 'from' => 'niam', 'text' => args['text'] }
end
