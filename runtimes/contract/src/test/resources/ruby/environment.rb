AT_INIT = ENV.to_h

def main(args)
  names = args['names']
  { 'atInit' => names.to_h { |name| [name, AT_INIT.fetch(name, 'absent')] },
    'atRun' => names.to_h { |name| [name, ENV.fetch(name, 'absent')] } }
end
