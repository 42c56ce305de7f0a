#!/usr/bin/env ruby
# SPDX-License-Identifier: MIT
# Ruby's Psych, YAML 1.1. Prints {FILE: [DOCUMENT, ...], ...} as JSON. Usage: psych.rb FILE...
require 'yaml'
require 'json'
puts JSON.generate(ARGV.to_h { |file| [file, YAML.parse_stream(File.read(file, encoding: 'UTF-8')).children.map(&:to_ruby)] })
