#pragma once
// The talks with the backend, one for each operation. A write looks at the project first, and again where somebody else
// was faster.
#include "dialects/engine/dialect.hpp"

namespace dialects::superoffice {

// A part of a talk that ends with a reply.
using ReplyTalk = Talk<canonical::Request, canonical::Result<canonical::Reply>, canonical::Result<canonical::Reply>>;

// A reply about projects with the companies that their members stand for, as far as there is more to be known of them.
ReplyTalk with_companies(canonical::Reply reply);

Serve read_project(Dialect const &self, Call &call);
Serve default_project(Dialect const &self, Call &call);
Serve create_project(Dialect const &self, Call &call);
Serve change_project(Dialect const &self, Call &call);
Serve remove_project(Dialect const &self, Call &call);

// Small questions about one project.
Serve has_guide(Call &call);
Serve get_foreign_keys(Call &call);
Serve next_milestone(Call &call);
Serve get_image(Call &call);
Serve is_number_free(Call &call); // for that project; 0 is a new one

} // namespace dialects::superoffice
