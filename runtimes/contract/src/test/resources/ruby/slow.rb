def main(_args)
  sleep
end
