class Distaudit < Formula
  desc "Audits Python wheels and sdists before they are uploaded"
  homepage "https://github.com/distaudit/distaudit"
  url "https://registry.npmjs.org/distaudit/-/distaudit-0.1.0.tgz"
  # The release writes it: SHA256SUMS has the value.
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "MIT"

  depends_on "node"

  def install
    system "npm", "install", *std_npm_args
    bin.install_symlink Dir["#{libexec}/bin/*"]
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/distaudit --version")
    (testpath/"demo-1.0-py3-none-any.whl").write "This is not a zip archive."
    assert_match "error[", shell_output("#{bin}/distaudit --no-config #{testpath}", 1)
  end
end
