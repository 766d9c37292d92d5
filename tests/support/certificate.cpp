#include "tests/support/certificate.hpp"

#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdexcept>

namespace support {

namespace {

template <auto Function> struct Free {
    void operator()(auto *what) const { Function(what); }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using File = std::unique_ptr<std::FILE, Free<std::fclose>>;

void require(bool done) {
    if (!done) throw std::runtime_error("a certificate cannot be made");
}

void add_extension(X509 &certificate, int which, std::string const &value) {
    std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>> const extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, which, value.c_str()));
    require(extension && X509_add_ext(&certificate, extension.get(), -1) == 1);
}

Certificate make(EVP_PKEY &key, std::string const &host) {
    constexpr long hour = 3'600, version_3 = 2;
    Certificate certificate(X509_new());
    require(certificate != nullptr);
    X509_set_version(certificate.get(), version_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -hour);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), hour);
    auto *const name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const *>(host.c_str()), -1, -1,
                               0);
    X509_set_issuer_name(certificate.get(), name);
    X509_set_pubkey(certificate.get(), &key);
    add_extension(*certificate, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(*certificate, NID_subject_alt_name, "DNS:" + host);
    require(X509_sign(certificate.get(), &key, EVP_sha256()) > 0);
    return certificate;
}

} // namespace

void write_certificate(TemporaryFolder const &folder, std::string const &name, std::string const &host) {
    Key const key(EVP_EC_gen("P-256"));
    require(key != nullptr);
    auto const certificate = make(*key, host);
    auto const path = (folder.path() / name).string();
    File const pem(std::fopen((path + ".pem").c_str(), "w")), secret(std::fopen((path + ".key").c_str(), "w"));
    require(pem && secret && PEM_write_X509(pem.get(), certificate.get()) == 1);
    require(PEM_write_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
}

} // namespace support
