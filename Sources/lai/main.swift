import ArgumentParser
import TOMLKit
print("hello")
