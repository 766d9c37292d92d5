#pragma once
// Carries out what writes, inside a transaction of the caller: of a request that was refused, the caller undoes
// whatever was begun. One per store.
#include "backends/sql/kind_rules.hpp"
#include "backends/sql/reader.hpp"

namespace backends::sql {

class Writer {
public:
    explicit Writer(Connection &connection) : connection_(connection), reader_(connection), references_(connection) {}

    canonical::Result<canonical::Reply> perform(canonical::Request const &request);

private:
    using Id = canonical::Result<std::int64_t>; // of the record that is answered

    Id change(canonical::Request const &request);
    template <class E> Id create(canonical::Request const &request, E record);
    template <class E> Id update(canonical::Request const &request);
    template <class E> canonical::Result<void> remove(canonical::Request const &request);
    Id copy_project(canonical::Request const &request);
    Id change_workflow(canonical::Request const &request);
    Id map_to_workflow(canonical::Request const &request);

    // The record that a request is about, if nothing forbids to change it.
    template <class E> canonical::Result<E> find_changeable(canonical::Request const &request);
    template <class E> canonical::Result<std::int64_t> id_for(E const &record);
    template <class E> void write_lists(E const &patch, std::int64_t id);
    template <class E> void apply(canonical::ListChange const &change, E &patch, E const &current, Problems &problems);
    void copy_tasks(Occasion const &occasion, canonical::Project const &source, std::int64_t project,
                    canonical::CopyParts const &parts);
    void set_workflow(Occasion const &occasion, std::int64_t project, canonical::Ref workflow);
    Occasion occasion_of(canonical::Request const &request);

    Connection &connection_;
    Reader reader_;
    References references_;
};

} // namespace backends::sql
