def main(_args)
  child = fork
  return { 'from' => 'a child' } if child.nil?

  Process.wait(child)
  { 'from' => 'the parent' }
end
